resource "aws_dynamodb_table" "videos" {
  for_each = ["a", "b"]

  name         = each.value
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
