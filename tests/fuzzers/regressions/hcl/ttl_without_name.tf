resource "aws_dynamodb_table" "t" {
  name = "t"
  hash_key = "pk"
  attribute {
    type = "S"
  }
  ttl {
    enabled = true
  }
}
