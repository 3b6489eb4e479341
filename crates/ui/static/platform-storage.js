// LTI platform storage 0.1: a page of the platform stores for us. It is written
// to and believed at one origin only, the one that signs people in; an answer
// that is foreign, late, doubled, an error or about something else is none.

const LONGEST = 3000;
// how long a second answer is waited for
const DOUBLED = 100;

/** The storage in that frame beside or around ours; null when there is no such frame. */
export function platformStorage(target, origin) {
  const frame = target && origin && window.parent !== window ? frameOf(target) : null;
  if (!frame) return null;
  const ask = (subject, fields = {}) => askOnce(frame, origin, subject, fields);
  return {
    /** Whether the platform says that it can. */
    async supports() {
      const answer = await ask("lti.capabilities");
      const subjects = Array.isArray(answer?.supported_messages) ? answer.supported_messages.map((one) => one?.subject) : [];
      return ["lti.put_data", "lti.get_data"].every((subject) => subjects.includes(subject));
    },
    /** True when the platform says that it keeps the value. */
    async put(key, value) {
      const answer = await ask("lti.put_data", { key, value });
      return answer?.key === key && answer.value === value;
    },
    /** The value; empty when there is none. */
    async get(key) {
      const answer = await ask("lti.get_data", { key });
      return answer?.key === key && typeof answer.value === "string" ? answer.value : "";
    },
  };
}

function frameOf(target) {
  if (target === "_parent") return window.parent;
  try {
    const frame = window.parent.frames[target];
    return typeof frame?.postMessage === "function" ? frame : null;
  } catch {
    return null;
  }
}

function askOnce(frame, origin, subject, fields) {
  const message_id = crypto.randomUUID();
  const answers = [];
  return new Promise((done) => {
    const end = () => {
      removeEventListener("message", listen);
      const [answer] = answers;
      const good = answers.length === 1 && answer.subject === `${subject}.response` && !answer.error;
      done(good ? answer : null);
    };
    const listen = (event) => {
      if (event.origin !== origin || event.data?.message_id !== message_id) return;
      answers.push(event.data);
      if (answers.length === 1) setTimeout(end, DOUBLED);
    };
    addEventListener("message", listen);
    setTimeout(end, LONGEST);
    frame.postMessage({ subject, message_id, ...fields }, origin);
  });
}
