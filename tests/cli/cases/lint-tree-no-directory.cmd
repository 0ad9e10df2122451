tenure lint --specs lint/specs --tree linux-1.2.3=nowhere lint/toy.json
