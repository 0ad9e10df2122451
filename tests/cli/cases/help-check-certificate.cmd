tenure check-certificate --help
