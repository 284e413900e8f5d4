// Shows a figure's evidence beside it. Without this script, or in an old browser, the link leads to the table's row.
const card = document.getElementById("card");
if (card && card.showPopover) {
  const titles = [...document.querySelectorAll("#evidence thead th")].map((cell) => cell.textContent);
  const part = (cell, index) => {
    const section = document.createElement("div");
    const title = document.createElement("p");
    title.className = "card-label";
    title.textContent = titles[index];
    section.append(title, ...[...cell.childNodes].map((node) => node.cloneNode(true)));
    section.querySelectorAll(".back").forEach((link) => link.remove());
    return section;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.number");
    if (!link) return;
    event.preventDefault();
    const row = document.getElementById(link.hash.slice(1));
    document.getElementById("card-body").replaceChildren(...[...row.cells].map(part));
    card.hidePopover();
    card.showPopover({ source: link });
  });
}
