// What a user of OpenAI's JavaScript SDK sees of the gateway. Prints one line for each thing that holds; fails on the first that does not.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 });
const messages = [{ role: "user", content: "Why do GPUs sit idle?" }];

function holds(what, condition) {
  if (!condition) {
    console.error(`does not hold: ${what}`);
    process.exit(1);
  }
  console.log(what);
}

async function refusal(request) {
  try {
    await request;
  } catch (error) {
    return error;
  }
  return undefined;
}

const ask = (model, more = {}) => client.chat.completions.create({ model, messages, max_tokens: 8, ...more });

const models = (await client.models.list()).data.map((model) => model.id);
holds("models are listed", models.includes("chat") && models.includes("failing-over"));

holds("a completion answers with usage", (await ask("chat")).usage.completion_tokens > 0);

let last;
for await (const chunk of await ask("chat", { stream: true })) last = chunk;
holds("a stream ends with a reason", ["stop", "length"].includes(last.choices[0].finish_reason));

for await (const chunk of await ask("failing-over", { stream: true })) last = chunk;
holds("dead pods are not noticed", ["stop", "length"].includes(last.choices[0].finish_reason));

holds("an unknown model is not found", (await refusal(ask("nobody"))) instanceof OpenAI.NotFoundError);
const cold = await refusal(ask("cold"));
holds("a cold model is unavailable for a while", cold.status === 503 && Number(cold.headers.get("retry-after")) > 0);
holds("what the model server refuses is refused", (await refusal(ask("chat", { max_tokens: -1 }))) instanceof OpenAI.BadRequestError);

const controller = new AbortController();
const stream = await client.chat.completions.create(
  { model: "chat", messages, max_tokens: 4000, stream: true },
  { signal: controller.signal },
);
for await (const chunk of stream) {
  controller.abort();
  break;
}
holds("a stream can be left", true);
