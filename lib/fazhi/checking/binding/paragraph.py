"""What a paragraph of a draft has spoken of so far."""

from dataclasses import dataclass, field

from fazhi.checking.binding.claim import Claim


@dataclass
class Paragraph:
    """The ledgers, topics and figures that what follows may take up.

    `subject` is the ledger spoken of last, until a number of something else; `ledger` that of the whole paragraph. `lead` is a
    short sentence that says what follows (一是合同审查。), `topic` one that does so up to the end of a sentence (人民调解：).
    """

    subject: str = ""
    ledger: str = ""
    lead: str = ""
    topic: str = ""
    begins: bool = True
    number: int = 0  # of the paragraph
    before: list[Claim] = field(default_factory=list)  # of the sentence before
    now: list[Claim] = field(default_factory=list)  # of this sentence
    recent: list[Claim] = field(default_factory=list)  # figures of the paragraph, changes aside

    def ends(self) -> None:
        """Nothing is spoken of any more; but 从来源看 goes on with the ledger."""
        self.subject, self.begins, self.now, self.recent = "", True, [], []
        self.number += 1
