setup: cp -r lint/tree tree && mv tree/drivers/toy.c tree/drivers/toys.c
tenure lint --specs lint/specs --tree tree lint/toy.json
