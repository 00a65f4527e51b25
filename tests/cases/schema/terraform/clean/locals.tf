locals {
  prefix = "${var.project}-${var.stage}"

  tags = merge(
    {
      Project = var.project
      Stage   = title(var.stage)
    },
    var.stage == "prod" ? { Backup = "daily" } : {},
  )

  # Attributes that are keys of something, with their types.
  catalog_attributes = {
    for name in distinct(concat(
      ["video_id"],
      [for index in var.catalog_indexes : index.hash_key],
      [for index in var.catalog_indexes : index.range_key if index.range_key != null],
    )) : name => endswith(name, "_at") ? "N" : "S"
  }

  lookups = {
    channels = { key = "channel_id" }
    sessions = { key = "session_id", ttl = "expires_at" }
  }
}
