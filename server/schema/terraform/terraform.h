// DynamoDB tables in Terraform files and plans.
#pragma once

#include <span>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Reads the aws_dynamodb_table resources of .tf files, and of the local modules they call. Files of
// one directory are one module; .tf files beside them that were not given are read for what they
// declare (variables, locals, tables that are referred to), and so are the .tfvars files that
// Terraform loads by itself. Of `options`, values sets variables, and variable_files are .tfvars
// files to come on top. Files among `files` whose name ends in .tfvars count as such.
//
// Messages: "syntax" (the one thing that keeps a file from being read), "terraform" (what Terraform
// refuses before it plans), "terraform-plan" (what the AWS provider refuses when it plans),
// "terraform-setting" (a setting that has no effect), "unresolved" (a module, or a number of
// tables, that only the plan tells).
Reading ReadTerraform(std::span<const SourceFile> files, const ReadOptions& options);

// Whether a JSON document is what `terraform show -json` writes of a plan or a state, or a state as
// Terraform keeps it (terraform.tfstate).
bool LooksLikePlan(const Node& document);

// Reads the tables of such a document, those of child modules included. Of a plan the planned
// values count.
Reading ReadPlan(const Node& document, const ReadOptions& options);

}  // namespace dynarock::schema
