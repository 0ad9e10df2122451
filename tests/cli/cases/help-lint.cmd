tenure lint --help
