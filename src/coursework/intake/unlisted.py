"""Who a file's author is where there is no roster: the names that the system and the file give are all there is."""

import re
import unicodedata

from coursework.core.names import fold, tokens
from coursework.core.naming import BadName, HandInName, student_id
from coursework.core.roster import SAFE_ID
from coursework.intake.found import Identity
from coursework.intake.systems import Origin

# Words that files and folders have in the place of a name, folded: of courses and files, in the languages that
# learning systems' exports are read in. Articles and months that are names, too ("Le", "Mai"), are left out.
WORDS = """
    abgabe abgaben abgegeben achternaam afgerond all alpha alumno aluno and anonymous answer answers antwoord
    antwoorden antworten apelido apellido apellidos appunti aprendizaje artificial assignment assignments atividade
    attachments attempt aufgabe aufgaben automatico autumn backup backward bearbeitet bearbeitung bestand blatt bonus
    borrador bozza brouillon caderno clase class code cognome colab compiti compito completato complete completed
    computer concluido consegna copia copy corrected corregido corretto corrige corrigido corso cours course credit
    cuaderno curso data datei deep definitiva definitivo deliverable descent desktop devoir devoirs disciplina dl
    dokument done donnees download downloads draft drive ebauche edit edited eindversie eins ejercicio ejercicios email
    endfassung endversion entrega entregado entregue entwurf ergebnis ergebnisse esercitazione esercizi esercizio
    estudiante executed exercice exercices exercicio exercicios exercise exercises extra fall family february fertig
    fertige fichier file files final finale finished finito first firstname fixed folder for from gemaakt given google
    grade graded gradient grading groep group groupe grupo gruppe gruppo hand handed handin hausaufgabe hausaufgaben
    hausubung hecho homework homeworks huiswerk in individual ingeleverd inleveren intelligence introduction it january
    jupyter kaggle keras klaar kopie korrigiert kurs lab labs last lastname late latest lavoro learning lecture lernen
    les letzte listo load loesung loesungen loose losung losungen machine maschinelles mein meine mes meu mi midterm
    mijn minha mio mlp model models mon monday my naam nachname name nets network networks netze neu neue neuer neural
    neuronale neurones new nieuw nieuwe no nom nombre nome notebook notebooks nouveau november october oefening
    oefeningen of old one ones opdracht opdrachten oplossing oplossingen ordner out output outputs part pass practica
    practical practice prenom problem problema problems profundo progetto project projet projeto pronto proyecto python
    pytorch quaderno question questions ready redes relazione rendu reponse reponses report reseaux resolucao resposta
    respostas respuesta respuestas resuelto results revised risposte run running save saved science script seance
    section semester semesters semestre september seven sheet sobrenome solution solutions soluzione soluzioni solved
    sommersemester spring statistics student students stuff submission submissions submit submitted summer surname
    svolto tarea tareas tarefa task tasks team template tensorflow term terminado termine test tested the this three
    titel titre to torch tp trabajo trabalho training travail try turma tutorial two uberarbeitet ubung ubungen
    ubungsblatt uebung uebungen uebungsblatt uitwerking ultima ultimo unbenannt unfinished uni universidad university
    unknown untitled update updated upload uploads user vak verbessert versao versie version vision voornaam vorlesung
    vorname week werk winter wintersemester with work workbook working your zusatz
"""
COMMON = frozenset(WORDS.split())


def without_roster(
    place: Origin, strict: HandInName | None, words: str, reason: str, assignment: str, odd: list[str]
) -> Identity:
    called = place.person or (f"{strict.last} {strict.first}" if strict else words)
    certain = place.person and place.mark  # any "Final Version - hw1.ipynb" looks like Classroom's
    if common := "" if certain else _common(called):
        raise BadName(f"{place.file_name}: {common} are words, and no name: use --match FILE=ID, or a roster")
    if strict is not None:
        found = Identity(student_id(strict.last, strict.first), assignment, "file name", strict.last, strict.first, odd)
        name = f"{strict.last} {strict.first}"
        if place.person and tokens(place.person) != tokens(name):
            found.odd.append(f"{place.system} says {place.person}")
            found.doubt = not tokens(place.person) & tokens(name)
            if found.doubt and _script(place.person) == _script(name):
                raise BadName(
                    f"{place.file_name}: {place.system} says {place.person}, the file's name says {strict.first} "
                    f"{strict.last}: use a roster, or --match FILE=ID"
                )
        return found
    person = place.person if len(place.person.split()) > 1 else ""
    parts = (person or words).split()
    if len(parts) < 2 or not all(_is_name(part, bool(person)) for part in parts) or (not person and len(parts) > 2):
        raise BadName(reason)
    # Systems write "Jane Doe"; the naming rule puts the family name first.
    last, first = (parts[-1], " ".join(parts[:-1])) if person else (parts[0], parts[1])
    if not SAFE_ID.match(student_id(last, first)):  # a system lets people call themselves anything
        raise BadName(f"{place.file_name}: {first} {last} cannot be the name of a folder")
    how = f"name in {place.system}" if person else "words of the file name"
    odd.append(f"file name: {place.file_name} breaks the rule; read as {first} {last}")
    return Identity(student_id(last, first), assignment, how, last, first, odd)


def _common(text: str) -> str:
    """The words of a name, if all of them are words that files and folders have, in place of a name."""
    words = re.split(r"[\s_-]+", text.strip())
    return " and ".join(words) if all(fold(word) in COMMON for word in words) else ""


def _script(text: str) -> str:
    """The script of the first letter: names in two scripts cannot be compared."""
    letter = next((c for c in text if c.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split()[0]


def _is_name(word: str, said: bool) -> bool:
    """By the characters that the naming rule takes, so that "~Doe" is nobody; a system has `said` what it has said."""
    usual = said or all(c.isalpha() or unicodedata.category(c)[0] == "M" or c in "-'’.·" for c in word)
    return usual and any(c.isalpha() for c in word) and not any(c.isdigit() for c in word)
