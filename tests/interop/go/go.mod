module dynarock/interop

go 1.23
