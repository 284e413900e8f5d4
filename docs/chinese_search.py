"""Search in Chinese without a dictionary of words: an index of every two characters that stand side by side."""

import re

from sphinx.search.zh import SearchChinese

_CHINESE = re.compile(r"[\u3400-\u9fff]+")


class PairedCharacters(SearchChinese):
    """Sphinx's own language for Chinese finds nothing where jieba (a dictionary of 19 MB) is not installed.

    A query is cut into pairs one after the other, so that two words without a space between them (台账合计) are found apart.
    """

    js_splitter_code = r"""
function splitQuery(query) {
  const words = query.match(/[a-zA-Z0-9_]+/g) || [];
  for (const run of query.match(/[\u3400-\u9fff]+/g) || []) {
    if (run.length === 1) words.push(run);
    for (let at = 0; at + 1 < run.length; at += 2) words.push(run.slice(at, at + 2));
    if (run.length > 1 && run.length % 2) words.push(run.slice(-2));
  }
  return words;
}
"""

    def split(self, input: str) -> list[str]:
        """Latin words, and the pairs of each run of Chinese characters."""
        latin = self.latin1_letters.findall(input)
        self.latin_terms.update(latin)
        return [*latin, *(run[at : at + 2] for run in _CHINESE.findall(input) for at in range(len(run) - 1))]
