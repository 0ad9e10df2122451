tenure replay --help
