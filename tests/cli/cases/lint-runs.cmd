tenure lint --specs lint/specs --runs lint/toy.json
