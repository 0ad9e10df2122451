tenure lint --specs lint/specs --tree lint/tree --tree lint/tree/ lint/toy.json
