stage   = "prod"
project = "tube"
