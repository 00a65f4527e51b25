resource "aws_dynamodb_table" "videos" {
  name     = "videos"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
