"""Statistical disclosure control: small counts are merged or bounded, and the publication is audited as a whole."""
