# without the notes
setup: sed '/"notes"/d; /toy_check() does not fail/d' lint/toy.json > toy.json
tenure lint --specs lint/specs toy.json
