setup: mkdir tree
tenure lint --tree tree lint/toy.json
