# The name that cloudposse/label/null makes of its inputs, as its documentation has it (version 0.25).
# It stands in for the module where that is not downloaded.
variable "context" {
  type    = any
  default = {}
}
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

locals {
  enabled   = try(var.enabled != null ? var.enabled : var.context.enabled != null ? var.context.enabled : true, true)
  delimiter = try(var.delimiter != null ? var.delimiter : var.context.delimiter != null ? var.context.delimiter : "-", "-")
  chars     = try(coalesce(var.regex_replace_chars, var.context.regex_replace_chars), "/[^-a-zA-Z0-9]/")
  casing    = try(coalesce(var.label_value_case, var.context.label_value_case), "lower")
  limit     = try(coalesce(var.id_length_limit, var.context.id_length_limit), 0)
  standard  = ["namespace", "environment", "stage", "name", "attributes"]
  inherited = try(length(var.context.label_order), 0) > 0 ? var.context.label_order : local.standard
  order     = try(length(var.label_order), 0) > 0 ? var.label_order : local.inherited
  given = {
    namespace   = try(var.namespace != null ? var.namespace : var.context.namespace, null)
    tenant      = try(var.tenant != null ? var.tenant : var.context.tenant, null)
    environment = try(var.environment != null ? var.environment : var.context.environment, null)
    stage       = try(var.stage != null ? var.stage : var.context.stage, null)
    name        = try(var.name != null ? var.name : var.context.name, null)
  }
  attributes = concat(try(var.context.attributes, []), var.attributes)
  clean      = { for key, value in local.given : key => replace(value == null ? "" : value, local.chars, "") }
  cased = {
    for key, value in merge(local.clean, {
      attributes = join(local.delimiter, [for a in local.attributes : replace(a, local.chars, "")])
    }) : key => local.casing == "lower" ? lower(value) : local.casing == "upper" ? upper(value) : local.casing == "title" ? title(lower(value)) : value
  }
  whole = join(local.delimiter, compact([for label in local.order : local.cased[label]]))
  # A name that is too long ends with a hash. Without any part it has no name yet.
  open = local.whole == "" || (local.limit > 0 && length(local.whole) > local.limit)
  id   = local.open ? timestamp() : local.whole
  tags = merge(try(var.context.tags, {}), var.tags)
}

output "enabled" { value = local.enabled }
output "id" { value = local.enabled ? local.id : "" }
output "tags" { value = local.enabled ? local.tags : {} }
output "namespace" { value = local.cased.namespace }
output "tenant" { value = local.cased.tenant }
output "environment" { value = local.cased.environment }
output "stage" { value = local.cased.stage }
output "name" { value = local.cased.name }
output "attributes" { value = local.attributes }
output "delimiter" { value = local.delimiter }
output "context" {
  value = merge(local.given, {
    enabled             = local.enabled
    delimiter           = local.delimiter
    attributes          = local.attributes
    tags                = local.tags
    label_order         = local.order
    regex_replace_chars = local.chars
    id_length_limit     = local.limit
    label_value_case    = local.casing
  })
}
