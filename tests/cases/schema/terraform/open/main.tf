variable "stage" {
  type = string
}

variable "extra_indexes" {
  type = list(map(string))
}

# Only the name is open: the rest is checked.
resource "aws_dynamodb_table" "videos" {
  name         = "${var.stage}-videos"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  global_secondary_index {
    name            = "by_status"
    hash_key        = "status"
    projection_type = "ALL"
  }
}

# Which indexes there are is open: attributes may belong to them.
resource "aws_dynamodb_table" "events" {
  name         = "events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "kind"
    type = "S"
  }

  dynamic "global_secondary_index" {
    for_each = var.extra_indexes
    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.hash_key
      projection_type = "ALL"
    }
  }
}

resource "aws_dynamodb_table" "archive" {
  count = var.stage == "prod" ? 1 : 0

  name         = "archive"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

module "sessions" {
  source  = "example.com/acme/sessions/aws"
  version = "4.0.0"

  name     = "sessions"
  hash_key = "id"
}
