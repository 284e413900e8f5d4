"""What tests are made of: small sheets, towns, hostile files, notebooks."""
