// A text file that is dropped on the form fills it in.
const form = document.querySelector("[data-drop]");
const text = form?.elements.text;

const take = async (file) => {
  if (!file || file.size > 4 * text.maxLength) return;
  text.value = (await file.text()).slice(0, text.maxLength);
  if (!form.elements.title.value) form.elements.title.value = file.name.replace(/\.[a-z]+$/i, "");
  text.focus();
};

for (const kind of ["dragover", "dragenter"]) {
  form?.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
}
form?.addEventListener("dragleave", () => form.classList.remove("over"));
form?.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  take(event.dataTransfer.files[0]);
});
