terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  type = string
}

# What the second apply changes.
variable "later" {
  type    = bool
  default = false
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    dynamodb = var.endpoint
  }
}

resource "aws_dynamodb_table" "scores" {
  name             = "game-scores"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "user"
  range_key        = "game"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "user"
    type = "S"
  }

  attribute {
    name = "game"
    type = "S"
  }

  attribute {
    name = "score"
    type = "N"
  }

  global_secondary_index {
    name               = var.later ? "by-score-later" : "by-score"
    hash_key           = "game"
    range_key          = "score"
    projection_type    = "INCLUDE"
    non_key_attributes = ["day"]
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = !var.later
  }

  tags = {
    environment = var.later ? "production" : "test"
  }
}
