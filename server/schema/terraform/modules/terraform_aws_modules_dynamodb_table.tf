# What terraform-aws-modules/dynamodb-table/aws makes of its inputs, as its documentation lists them
# (version 5). It stands in for the module where that is not downloaded.
variable "create_table" {
  type    = bool
  default = true
}
variable "region" { default = null }
variable "name" {
  type    = string
  default = null
}
variable "billing_mode" {
  type    = string
  default = "PAY_PER_REQUEST"
}
variable "attributes" {
  type    = list(map(string))
  default = []
}
variable "hash_key" {
  type    = string
  default = null
}
variable "range_key" {
  type    = string
  default = null
}
variable "read_capacity" {
  type    = number
  default = null
}
variable "write_capacity" {
  type    = number
  default = null
}
variable "on_demand_throughput" {
  type    = any
  default = {}
}
variable "warm_throughput" {
  type    = any
  default = {}
}
variable "global_secondary_indexes" {
  type    = any
  default = []
}
variable "local_secondary_indexes" {
  type    = any
  default = []
}
variable "stream_enabled" {
  type    = bool
  default = false
}
variable "stream_view_type" {
  type    = string
  default = null
}
variable "ttl_enabled" {
  type    = bool
  default = false
}
variable "ttl_attribute_name" {
  type    = string
  default = ""
}
variable "point_in_time_recovery_enabled" {
  type    = bool
  default = false
}
variable "point_in_time_recovery_period_in_days" {
  type    = number
  default = null
}
variable "server_side_encryption_enabled" {
  type    = bool
  default = false
}
variable "server_side_encryption_kms_key_arn" {
  type    = string
  default = null
}
variable "replica_regions" {
  type    = any
  default = []
}
variable "global_table_witness" { default = null }
variable "table_class" {
  type    = string
  default = null
}
variable "deletion_protection_enabled" {
  type    = bool
  default = null
}
variable "tags" {
  type    = map(string)
  default = {}
}
variable "autoscaling_enabled" {
  type    = bool
  default = false
}
variable "autoscaling_defaults" { default = {} }
variable "autoscaling_read" { default = {} }
variable "autoscaling_write" { default = {} }
variable "autoscaling_indexes" { default = {} }
variable "ignore_changes_global_secondary_index" { default = false }
variable "import_table" { default = {} }
variable "resource_policy" { default = null }
variable "restore_date_time" { default = null }
variable "restore_source_name" { default = null }
variable "restore_source_table_arn" { default = null }
variable "restore_to_latest_time" { default = null }
variable "timeouts" { default = {} }

resource "aws_dynamodb_table" "this" {
  count = var.create_table ? 1 : 0

  region                      = var.region
  name                        = var.name
  billing_mode                = var.billing_mode
  hash_key                    = var.hash_key
  range_key                   = var.range_key
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  stream_enabled              = var.stream_enabled
  stream_view_type            = var.stream_view_type
  table_class                 = var.table_class
  deletion_protection_enabled = var.deletion_protection_enabled
  restore_date_time           = var.restore_date_time
  restore_source_name         = var.restore_source_name
  restore_source_table_arn    = var.restore_source_table_arn
  restore_to_latest_time      = var.restore_to_latest_time
  tags                        = var.tags

  dynamic "attribute" {
    for_each = var.attributes
    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }
  dynamic "global_secondary_index" {
    for_each = var.global_secondary_indexes
    iterator = index
    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = try(index.value.range_key, null)
      projection_type    = index.value.projection_type
      non_key_attributes = try(index.value.non_key_attributes, null)
      read_capacity      = try(index.value.read_capacity, null)
      write_capacity     = try(index.value.write_capacity, null)
      dynamic "on_demand_throughput" {
        for_each = try([index.value.on_demand_throughput], [])
        content {
          max_read_request_units  = try(on_demand_throughput.value.max_read_request_units, null)
          max_write_request_units = try(on_demand_throughput.value.max_write_request_units, null)
        }
      }
    }
  }
  dynamic "local_secondary_index" {
    for_each = var.local_secondary_indexes
    iterator = index
    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = try(index.value.non_key_attributes, null)
    }
  }
  dynamic "replica" {
    for_each = var.replica_regions
    content {
      region_name = replica.value.region_name
      kms_key_arn = try(replica.value.kms_key_arn, null)
    }
  }
  dynamic "on_demand_throughput" {
    for_each = length(var.on_demand_throughput) == 0 ? [] : [var.on_demand_throughput]
    content {
      max_read_request_units  = try(on_demand_throughput.value.max_read_request_units, null)
      max_write_request_units = try(on_demand_throughput.value.max_write_request_units, null)
    }
  }
  dynamic "warm_throughput" {
    for_each = length(var.warm_throughput) == 0 ? [] : [var.warm_throughput]
    content {
      read_units_per_second  = try(warm_throughput.value.read_units_per_second, null)
      write_units_per_second = try(warm_throughput.value.write_units_per_second, null)
    }
  }
  ttl {
    enabled        = var.ttl_enabled
    attribute_name = var.ttl_attribute_name
  }
  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_enabled
    recovery_period_in_days = var.point_in_time_recovery_period_in_days
  }
  server_side_encryption {
    enabled     = var.server_side_encryption_enabled
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }
}

resource "aws_appautoscaling_target" "any" {
  count              = var.autoscaling_enabled ? 1 : 0
  service_namespace  = "dynamodb"
  resource_id        = "table/${var.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
}
