variable "project" {
  description = "Prefix of all names"
  type        = string
  default     = "video"
}

variable "stage" {
  type = string

  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "The stage must be dev or prod."
  }
}

variable "stream_enabled" {
  type    = bool
  default = true
}

variable "catalog_indexes" {
  description = "Global secondary indexes of the catalog"
  type = list(object({
    name       = string
    hash_key   = string
    range_key  = optional(string)
    projection = optional(string, "ALL")
    include    = optional(list(string), [])
  }))
  default = [
    { name = "by_owner", hash_key = "owner_id", range_key = "created_at" },
    {
      name       = "by_status"
      hash_key   = "status"
      projection = "INCLUDE"
      include    = ["title", "duration"]
    },
  ]
}
