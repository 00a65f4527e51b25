# What cloudposse/dynamodb/aws makes of its inputs, as its documentation lists them (version 0.37). It
# stands in for the module where that is not downloaded.
variable "table_name" {
  type    = string
  default = null
}
variable "billing_mode" {
  type    = string
  default = "PROVISIONED"
}
variable "hash_key" { type = string }
variable "hash_key_type" {
  type    = string
  default = "S"
}
variable "range_key" {
  type    = string
  default = ""
}
variable "range_key_type" {
  type    = string
  default = "S"
}
variable "dynamodb_attributes" {
  type    = list(object({ name = string, type = string }))
  default = []
}
variable "global_secondary_index_map" {
  type = list(object({
    name               = string
    hash_key           = string
    range_key          = string
    projection_type    = string
    non_key_attributes = list(string)
    read_capacity      = number
    write_capacity     = number
  }))
  default = []
}
variable "local_secondary_index_map" {
  type = list(object({
    name               = string
    range_key          = string
    projection_type    = string
    non_key_attributes = list(string)
  }))
  default = []
}
variable "replicas" {
  type    = list(string)
  default = []
}
variable "enable_streams" {
  type    = bool
  default = false
}
variable "stream_view_type" {
  type    = string
  default = ""
}
variable "enable_encryption" {
  type    = bool
  default = true
}
variable "server_side_encryption_kms_key_arn" {
  type    = string
  default = null
}
variable "enable_point_in_time_recovery" {
  type    = bool
  default = true
}
variable "ttl_enabled" {
  type    = bool
  default = true
}
variable "ttl_attribute" {
  type    = string
  default = "Expires"
}
variable "table_class" {
  type    = string
  default = "STANDARD"
}
variable "deletion_protection_enabled" {
  type    = bool
  default = false
}
variable "tags_enabled" {
  type    = bool
  default = true
}
variable "enable_autoscaler" {
  type    = bool
  default = false
}
variable "autoscale_min_read_capacity" {
  type    = number
  default = 5
}
variable "autoscale_min_write_capacity" {
  type    = number
  default = 5
}
variable "autoscale_max_read_capacity" { default = 20 }
variable "autoscale_max_write_capacity" { default = 20 }
variable "autoscale_read_target" { default = 50 }
variable "autoscale_write_target" { default = 50 }
variable "autoscaler_attributes" { default = [] }
variable "autoscaler_tags" { default = {} }
variable "import_table" { default = null }

variable "context" { default = {} }
variable "enabled" { default = null }
variable "namespace" { default = null }
variable "tenant" { default = null }
variable "environment" { default = null }
variable "stage" { default = null }
variable "name" { default = null }
variable "delimiter" { default = null }
variable "attributes" { default = [] }
variable "labels_as_tags" { default = [] }
variable "tags" { default = {} }
variable "additional_tag_map" { default = {} }
variable "label_order" { default = null }
variable "regex_replace_chars" { default = null }
variable "id_length_limit" { default = null }
variable "label_key_case" { default = null }
variable "label_value_case" { default = null }
variable "descriptor_formats" { default = {} }

module "this" {
  source              = "cloudposse/label/null"
  context             = var.context
  enabled             = var.enabled
  namespace           = var.namespace
  tenant              = var.tenant
  environment         = var.environment
  stage               = var.stage
  name                = var.name
  delimiter           = var.delimiter
  attributes          = var.attributes
  tags                = var.tags
  label_order         = var.label_order
  regex_replace_chars = var.regex_replace_chars
  id_length_limit     = var.id_length_limit
  label_value_case    = var.label_value_case
}

locals {
  on_demand = var.billing_mode == "PAY_PER_REQUEST"
  table     = var.table_name == null || var.table_name == "" ? module.this.id : var.table_name
  range     = var.range_key == "" ? [] : [{ name = var.range_key, type = var.range_key_type }]
}

resource "aws_dynamodb_table" "default" {
  count = module.this.enabled ? 1 : 0

  name                        = local.table
  billing_mode                = var.billing_mode
  read_capacity               = local.on_demand ? null : var.autoscale_min_read_capacity
  write_capacity              = local.on_demand ? null : var.autoscale_min_write_capacity
  hash_key                    = var.hash_key
  range_key                   = var.range_key
  stream_enabled              = var.enable_streams || length(var.replicas) > 0
  stream_view_type            = var.enable_streams || length(var.replicas) > 0 ? var.stream_view_type : ""
  table_class                 = var.table_class
  deletion_protection_enabled = var.deletion_protection_enabled
  tags                        = var.tags_enabled ? module.this.tags : null

  dynamic "attribute" {
    for_each = concat(local.range, [{ name = var.hash_key, type = var.hash_key_type }], var.dynamodb_attributes)
    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }
  dynamic "global_secondary_index" {
    for_each = var.global_secondary_index_map
    iterator = index
    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = index.value.non_key_attributes
      read_capacity      = index.value.read_capacity
      write_capacity     = index.value.write_capacity
    }
  }
  dynamic "local_secondary_index" {
    for_each = var.local_secondary_index_map
    iterator = index
    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = index.value.non_key_attributes
    }
  }
  dynamic "replica" {
    for_each = var.replicas
    content {
      region_name = replica.value
    }
  }
  ttl {
    enabled        = var.ttl_attribute == "" ? false : var.ttl_enabled
    attribute_name = var.ttl_attribute
  }
  point_in_time_recovery {
    enabled = var.enable_point_in_time_recovery
  }
  server_side_encryption {
    enabled     = var.enable_encryption
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }
}

resource "aws_appautoscaling_target" "any" {
  count              = var.enable_autoscaler && !local.on_demand ? 1 : 0
  service_namespace  = "dynamodb"
  resource_id        = "table/${local.table}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
}
