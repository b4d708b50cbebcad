"""A file's name without what copying has added to it, in the languages in which systems write it.

Google Drive and Colab put a phrase in front or behind ("Kopie von …", "…のコピー"); Windows, macOS, GNOME, KDE, Jupyter and
browsers put a word or a number behind ("… - Copia (2)", "… copie 2", "… (3rd copy)", "-Copy1", "(1)"). Behind the
assignment's id a word for "copy" cannot be part of a name; in front of a name only a whole phrase is taken off.
"""

import re
import unicodedata

# In front, as Drive, Colab and file managers write it; the longest that fits is taken.
IN_FRONT = (
    "Copy of|Another copy of|Duplicate of|Kopie von|Eine Kopie von|Weitere Kopie von|Copie de|Copie du|Autre copie de|Copie d’|Copie d'|"
    "Copia de|Otra copia de|Una copia de|Copia di|Copia del file|Copia del blocco note|Altra copia di|Cópia de|Cópia do|Outra cópia de|"
    "Còpia de|Còpia d’|Còpia d'|Kopie van|Nog een kopie van|Kopia av|Kopi af|Kopi av|Kopi fra|Kopio kohteesta|Kopio tiedostosta|Kopio muistikirjasta|"
    "Kopio:|Kopio|Afrit af|Afrit|Kopia pliku|Kopia notatnika|Kopia dokumentu|Kopia|Kopie souboru|Kopie poznámkového bloku|Kopie dokumentu|Kopie|"
    "Kópia súboru|Kópia poznámkového bloku|Kópia dokumentu|Kópia|Copie a fișierului|Copie a blocnotesului|Copie a|Copie pentru|Copia lui|"
    "Kopija datoteke|Kopija dokumenta|Kopija bilježnice|Kopija zvezka|Kopija od|Kopija|Копија датотеке|Копија на|Копија од|Копија|"
    'Копия блокнота|Копия файла|Копия документа|Копия записной книжки|Копия "|Копия|Копие на|Копие от|Копіювати|Копія блокнота|Копія файлу|'
    "Копія документа|Копія|Копія з|Αντίγραφο του|Αντίγραφο της|Αντίγραφο από|Αντίγραφο|Bản sao của|Bản sao|Salinan dari|Salinan|Kopya ng|"
    "Kopja e|Kopje e|Failo kopija|Faili koopia|Koopia failist|Koopia|Kopyası|Nakala ya|Kopie vanaf|Kopie van lêer|"
    "نسخة من|نسخه از|کپی از|کپی|رونوشت|עותק של|העתק של|สำเนาของ|สำเนา|ছবি|এর কপি|கோப்பின் நகல்|복사본|사본|副本|复制|複製|コピー"
).split("|")
# Behind, without any word of a name in it.
BEHIND = (
    "のコピー|の複製|의 사본|의사본|의 복사본|的副本|的拷贝|的拷貝|的複本|的复本|的複製|adlı not defterinin kopyası|adlı dosyanın kopyası|dosyasının kopyası|"
    "kopyası|másolata|fájl másolata|nusxasi|көшірмесі|की कॉपी|की प्रति|ची प्रत|এর কপি|ની કૉપિ|இன் நகல்|యొక్క కాపీ|ನ ನಕಲು|ന്റെ പകർപ്പ്|"
    "kopija|koopia|(r)en kopia|-ren kopia|ren kopia|ის ასლი|ի պատճենը"
).split("|")
# One of these words behind the assignment's id makes all that stands there a copy's mark.
WORDS = (
    "copy copies copie copia copias cópia còpia kopie kopia kopii kopi kopio kopiointi kópia kópie kopija koopia kopja kopje kopya kopyası "
    "kopiert kopierat másolat másolata afrit duplicate duplicated duplikat duplikát conflicted conflict sync konflikt checkpoint "
    "копия копии копие копија копія көшірме αντίγραφο αντιγραφή نسخة نسخه کپی رونوشت עותק העתק สำเนา salin salinan bản sao chép "
    "コピー 複製 复制 副本 拷贝 拷貝 複本 复本 복사본 사본 कॉपी प्रति কপি நகல்"
).split()
QUOTES = "\"'“”„‟‘’‚«»‹›「」『』〈〉《》"
ENDING = re.compile(r"\.(ipynb|json|txt|py|html?|zip|qmd|rmd|md|pdf|tar|gz|tgz|bz2|xz|7z|rar)(?![a-z0-9-])", re.I)
MORE = re.compile(r"[^\W\d_]|\d{4}")  # what a mere number of a copy, "(1)", " 2", "-3", "(1)(2)", does not have
LONGEST = 300  # characters of a name; no file system takes longer ones


def _any(phrases: list[str]) -> str:
    longest = sorted({unicodedata.normalize("NFC", p) for p in phrases}, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"[\s_]+") for p in longest)


# A phrase in Latin, Cyrillic or Greek letters is a word of its own; of scripts without blanks none is needed.
FRONT = re.compile(rf"^\s*[{QUOTES}]?(?:\(\d+\)\s*)?(?:{_any(IN_FRONT)})(?:(?<=[’'\":])|(?![^\W_]))[\s_:–-]*", re.I)
BACK = re.compile(rf"[\s_]*[-–—]?[\s_]*(?:{_any(BEHIND)})\s*\d{{0,2}}\s*$", re.I)
COPY_WORD = re.compile(rf"(?<![^\W\d_])(?:{_any(WORDS)})(?![^\W\d_])", re.I)


def bare(file_name: str, assignments: list[str]) -> tuple[str, list[str]]:
    """(the stem as the student gave it, what copying had added: one sentence part each).

    Args:
        file_name: the last part of a path, with its endings.
        assignments: the ids that may stand in it.
    """
    odd: list[str] = []
    stem = unicodedata.normalize("NFC", file_name[:LONGEST]).strip()
    while True:
        before = stem
        stem = ENDING.sub("", stem).strip().strip(QUOTES).strip()
        if match := FRONT.match(stem):
            rest = stem[match.end() :]
            one_word = not re.search(r"\w[\s_]+\w", match[0]) and match[0].endswith("_")
            # "Kopia_Jan_hw1-mlp" is somebody called Kopia; "Kopia_Nowak_Jan_hw1-mlp" is a copy.
            if re.search(r"\w", rest) and (not one_word or rest.count("_") > 1):
                odd.append(f"“{match[0].strip()}” in front")
                stem = rest
        if (match := BACK.search(stem)) and re.search(r"\w", stem[: match.start()]):
            odd.append(f"“{match[0].strip()}” at the end")
            stem = stem[: match.start()]
        stem = _tail(stem, assignments, odd)
        if stem == before:
            return stem, odd


def _tail(stem: str, assignments: list[str], odd: list[str]) -> str:
    """`stem` without the copy's mark that follows the assignment's id."""
    ids = [r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", assignment)) for assignment in assignments]
    for one in (*ids, r"(?:hw|homework|assignment|ex|sheet)[\s_-]*0*\d+"):
        found = list(re.finditer(rf"(?<![^\W_]){one}(?!\d)", stem, re.I))
        if found:
            tail = stem[found[-1].end() :]
            if tail and (COPY_WORD.search(tail) or not MORE.search(tail)):
                if re.search(r"\w", tail):
                    odd.append(f"“{tail.strip()}” at the end")
                return stem[: found[-1].end()]
            return stem
    return stem
