tenure depends --help
