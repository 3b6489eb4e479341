// Numbers as they are typed, for "read as …" beside a field: the same reading as the service's
// (crates/assessment/src/number.rs), whose word counts. tests/data/numbers.toml judges both.

const LONGEST = 100;
const COMMA_LANGUAGES = new Set(
  (
    "vi de fr es it pt nl pl cs sk sl hr sr bs hu ro bg ru uk be el tr az kk da nb nn no sv fi et lv lt is " +
    "id ca sq mk ka hy"
  ).split(" "),
);
const RAISED = new Map([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"].map((letter, index) => [letter, "0123456789-+"[index]]));
const FRACTIONS = { "¼": "1/4", "½": "1/2", "¾": "3/4" };

const SIGN = /^([+-]?) ?/;
const FRACTION = /^(?:(\d+) )?(\d+)\/(\d+)/;
const DIGITS = /^(\d*)((?:[ ']\d{3}(?!\d))*)((?:[.,]\d+)*[.,]?)/;
const EXPONENT = /^[eE]([+-]?\d+)/;
const TIMES_TEN = /^ ?([*xX.]?) ?10 ?\^ ?(?:\(([+-]?\d+)\)|([+-]?\d+))/;
const POWER = /^ ?\^ ?(?:\(([+-]?\d+)\)|([+-]?\d+))/;
const UNIT = /^(?:1?\/\p{Alphabetic}|[^\p{N}.,+\-*^()=_/])/u;

/**
 * Reads a number that stands alone: `{ kind: "read", value, text }`, `{ kind: "ambiguous", decimal, grouped }` with two
 * readings of that form, or `{ kind: "not-a-number" }`.
 */
export function readNumber(typed, language) {
  const { number, unit } = readQuantity(typed, language);
  return unit === "" ? number : NOT_A_NUMBER;
}

/** Reads a number and what stands behind it, known as a unit or not: `{ number, unit }`. */
export function readQuantity(typed, language) {
  if ([...typed].length > LONGEST) return { number: NOT_A_NUMBER, unit: "" };
  const letters = normalised(typed);
  const scanned = scan(letters, decimalSign(language));
  if (!scanned) return { number: NOT_A_NUMBER, unit: letters.trim() };
  const unit = letters.slice(scanned.end).trim();
  return { number: unit === "" || UNIT.test(unit) ? scanned.number : NOT_A_NUMBER, unit };
}

/** The number as pages write it in a language. */
export function formatNumber(value, language) {
  return written(value, decimalSign(language));
}

const NOT_A_NUMBER = Object.freeze({ kind: "not-a-number" });

function decimalSign(language) {
  return COMMA_LANGUAGES.has(language.split(/[-_]/)[0].toLowerCase()) ? "," : ".";
}

function normalised(typed) {
  let letters = "";
  let raised = false;
  for (const letter of typed.replace(/\u0085/g, " ").replace(/[\u200b\ufeff\u00ad]/g, "").trim()) {
    const plain = RAISED.get(letter);
    if (plain && !raised) letters += "^";
    raised = plain !== undefined;
    letters = withLetter(letters, plain ?? letter);
  }
  return letters;
}

function withLetter(letters, letter) {
  if (/\s/u.test(letter)) return letters.endsWith(" ") ? letters : `${letters} `;
  if (/[\u2010-\u2013\u2212]/u.test(letter)) return `${letters}-`;
  if (/[\u2019\u02bc]/u.test(letter)) return `${letters}'`;
  if (letter === "*" && letters.endsWith("*")) return `${letters.slice(0, -1)}^`;
  if (/[·⋅∙×]/u.test(letter)) return `${letters}*`;
  if (letter in FRACTIONS) return letters + (/[0-9]$/.test(letters) ? " " : "") + FRACTIONS[letter];
  return letters + letter;
}

/** The longest number at the beginning with the index of its end; nothing when there is none. */
function scan(letters, decimal) {
  const [head, sign] = SIGN.exec(letters);
  const rest = letters.slice(head.length);
  const factor = sign === "-" ? -1 : 1;
  const fraction = FRACTION.exec(rest);
  if (fraction) {
    const [all, whole, over, under] = fraction;
    const fits = Number(under) > 0 && (whole === undefined || Number(over) < Number(under));
    const value = factor * (Number(whole ?? 0) + Number(over) / Number(under));
    if (fits) return { number: one(value, decimal), end: head.length + all.length };
  }
  const [body, first, thousands, others] = DIGITS.exec(rest);
  if (!/\d/.test(body)) return undefined;
  const groups = [first, ...(thousands + others).split(/[ '.,]/).slice(1)];
  const marks = (thousands + others).match(/[ '.,]/g) ?? [];
  const power = readPower(groups, marks, rest.slice(body.length));
  const number = readGroups(groups, marks, power?.value, factor, decimal);
  return { number, end: head.length + body.length + (power?.length ?? 0) };
}

/** The power of ten; of groups and marks goes what belongs to it (`1,2.10^3`, `10^3`). */
function readPower(groups, marks, rest) {
  const short = EXPONENT.exec(rest);
  if (short) return { value: exponent(short[1]), length: short[0].length };
  const direct = POWER.exec(rest);
  const power = { value: exponent(direct?.[1] ?? direct?.[2]), length: direct?.[0].length };
  if (direct && groups.at(-1) === "10" && marks.length === 0) {
    groups[0] = "1";
    return power;
  }
  if (direct && groups.at(-1) === "10" && marks.at(-1) === ".") {
    groups.pop();
    marks.pop();
    return power;
  }
  const times = TIMES_TEN.exec(rest);
  const point = marks.at(-1) === "." && groups.at(-1) === "";
  if (!times || (times[1] === "" && !point)) return undefined;
  if (point) {
    groups.pop();
    marks.pop();
  }
  return { value: exponent(times[2] ?? times[3]), length: times[0].length };
}

/** With more than four digits it is nothing to compute with, which is found out from this. */
function exponent(typed = "") {
  return typed.replace(/^[+-]/, "").length > 4 ? 2 ** 31 - 1 : Number(typed);
}

function readGroups(groups, marks, power, factor, decimal) {
  const value = (whole, part) => factor * Number(`0${whole}.${part || "0"}e${power ?? 0}`);
  const all = groups.join("");
  const withDecimals = () => one(value(groups.slice(0, -1).join(""), groups.at(-1)), decimal);
  const [mark] = marks;
  const end = marks.at(-1);
  if (marks.length === 0) return one(value(all, ""), decimal);
  if (marks.length === 1 && /[.,]/.test(mark)) {
    const canGroup = mark !== decimal && power === undefined && isGrouped(groups) && !all.startsWith("0");
    const read = withDecimals();
    const grouped = one(canGroup ? value(all, "") : Number.NaN, decimal);
    if (grouped.kind === "not-a-number" || read.kind === "not-a-number") return read;
    return { kind: "ambiguous", decimal: read, grouped };
  }
  if (marks.every((other) => other === end)) return isGrouped(groups) ? one(value(all, ""), decimal) : NOT_A_NUMBER;
  const before = marks.slice(0, -1);
  const fits = /[.,]/.test(end) && before.every((other) => other === mark) && isGrouped(groups.slice(0, -1));
  return fits ? withDecimals() : NOT_A_NUMBER;
}

function isGrouped([first, ...others]) {
  return first.length >= 1 && first.length <= 3 && others.every((group) => group.length === 3);
}

function one(value, decimal) {
  if (!Number.isFinite(value)) return NOT_A_NUMBER;
  // + 0 makes zero of minus zero
  return { kind: "read", value: value + 0, text: written(value + 0, decimal) };
}

function written(value, decimal) {
  if (value === 0) return "0";
  const [mantissa, power] = Math.abs(value).toExponential(14).split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const exponent = Number(power);
  const sign = value < 0 ? "-" : "";
  if (exponent < -7 || exponent >= 15) return `${sign}${withPoint(digits, 1, decimal)}·10^${exponent}`;
  return sign + withPoint(digits, exponent + 1, decimal);
}

function withPoint(digits, whole, decimal) {
  if (whole <= 0) return `0${decimal}${"0".repeat(-whole)}${digits}`;
  if (digits.length <= whole) return digits.padEnd(whole, "0");
  return `${digits.slice(0, whole)}${decimal}${digits.slice(whole)}`;
}
