tenure --version
