variable "name" { type = string }

variable "partition" {
  type = object({ name = string, type = string })
}

variable "sort" {
  type    = object({ name = string, type = string })
  default = null
}

variable "capacity" {
  type    = object({ read = number, write = number })
  default = null
}

variable "local_index" {
  type    = string
  default = ""
}

resource "aws_dynamodb_table" "this" {
  name           = var.name
  billing_mode   = var.capacity == null ? "PAY_PER_REQUEST" : "PROVISIONED"
  read_capacity  = try(var.capacity.read, null)
  write_capacity = try(var.capacity.write, null)
  hash_key       = var.partition.name
  range_key      = try(var.sort.name, null)

  attribute {
    name = var.partition.name
    type = var.partition.type
  }

  dynamic "attribute" {
    for_each = var.sort[*]
    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "attribute" {
    for_each = var.local_index == "" ? [] : ["viewer_id"]
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "local_secondary_index" {
    for_each = compact([var.local_index])
    content {
      name            = local_secondary_index.value
      range_key       = "viewer_id"
      projection_type = "KEYS_ONLY"
    }
  }
}

output "table_name" {
  value = aws_dynamodb_table.this.name
}
