# a proof that is right, but of another spec than it says
tenure check-certificate --specs certificates/specs certificates/another-spec
