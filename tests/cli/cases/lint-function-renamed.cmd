setup: cp -r lint/tree tree && sed -i 's/toy_check/toy_test/' tree/drivers/toy.c
tenure lint --specs lint/specs --tree tree lint/toy.json
