terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

/* The catalog: its indexes come from a variable, its attributes from
   the keys that they use. */
resource "aws_dynamodb_table" "catalog" {
  name         = "${local.prefix}-catalog"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "video_id"

  dynamic "attribute" {
    for_each = local.catalog_attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.catalog_indexes
    iterator = index
    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = index.value.range_key
      projection_type    = index.value.projection
      non_key_attributes = index.value.projection == "INCLUDE" ? index.value.include : null
    }
  }

  stream_enabled   = var.stream_enabled
  stream_view_type = "NEW_AND_OLD_IMAGES"

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  tags = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "lookup" {
  for_each = local.lookups

  name         = join("-", [local.prefix, each.key])
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value.key

  attribute {
    name = each.value.key
    type = "S"
  }

  dynamic "ttl" {
    for_each = can(each.value.ttl) ? [each.value.ttl] : []
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  tags = merge(local.tags, { Role = "lookup" })
}

module "views" {
  source = "./modules/table"

  name        = "${local.prefix}-views"
  partition   = { name = "video_id", type = "S" }
  sort        = { name = "viewed_at", type = "N" }
  capacity    = { read = 5, write = 10 }
  local_index = "by_viewer"
}

resource "aws_iam_policy" "read" {
  name = "${local.prefix}-read"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query"]
      Resource = concat([aws_dynamodb_table.catalog.arn], [for t in aws_dynamodb_table.lookup : t.arn])
    }]
  })
}

resource "aws_appautoscaling_target" "views_read" {
  max_capacity       = 100
  min_capacity       = 5
  resource_id        = "table/${module.views.table_name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  service_namespace  = "dynamodb"
}
