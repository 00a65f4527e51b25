locals {
  indexes = [
    { name = "by_owner", key = "owner_id" },
    { name = "by_status", key = "state" },
  ]
}

resource "aws_dynamodb_table" "videos" {
  name         = "videos"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  dynamic "attribute" {
    for_each = toset(["id", "owner_id", "status"])
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = local.indexes
    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.key
      projection_type = "ALL"
    }
  }
}
