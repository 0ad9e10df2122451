# nothing is wrong here (made again by check_certificates.py --update)
tenure check-certificate --specs certificates/specs certificates/right --solver cvc5
