output "catalog_name" {
  value = aws_dynamodb_table.catalog.name
}
