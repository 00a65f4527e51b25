resource "aws_dynamodb_table" "videos" {
  name         = "${var.stage}-videos"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
