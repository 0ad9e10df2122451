# the manifest is read strictly
setup: mkdir proofs && printf '{"certificate": 2, "tenure": "0.1.0", "semantics": "old",\n "kernel": [{"file": "kernel/pci.json"}], "driver": []}\n' > proofs/certificate.json
tenure check-certificate proofs
