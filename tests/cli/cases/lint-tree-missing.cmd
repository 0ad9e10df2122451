# what is known agrees, but nothing is known of one spec
setup: sed 's/"linux-1.2.3"/"linux-1.2.5", "model": &/; /"driver"/s/toy/toy-5/' lint/toy.json > toy-5.json
tenure lint --specs lint/specs --tree lint/tree lint/toy.json toy-5.json
