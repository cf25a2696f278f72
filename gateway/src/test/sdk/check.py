"""What a user of OpenAI's Python SDK sees of the gateway. Prints one line for each thing that holds; fails on the first that does not."""

import os

import openai

requests = []
client = openai.OpenAI(
    base_url=os.environ["BASE_URL"],
    api_key=os.environ["API_KEY"],
    max_retries=0,
    http_client=openai.DefaultHttpxClient(event_hooks={"request": [requests.append]}),
)
ASK = [{"role": "user", "content": "Why do GPUs sit idle?"}]


def holds(what, condition):
    if not condition:
        raise SystemExit(f"does not hold: {what}")
    print(what)


holds("models are listed", {"chat", "failing-over"} <= {model.id for model in client.models.list()})

answer = client.chat.completions.create(model="chat", messages=ASK, max_tokens=8)
holds("a completion answers with usage", answer.choices[0].message.content and answer.usage.completion_tokens > 0)

plain = list(client.chat.completions.create(model="chat", messages=ASK, max_tokens=8, stream=True))
holds("a stream ends with a reason", plain[-1].choices[0].finish_reason in ("stop", "length"))
holds("a stream shows no usage unless asked", all(chunk.usage is None for chunk in plain))

counted = list(
    client.chat.completions.create(
        model="chat", messages=ASK, max_tokens=8, stream=True, stream_options={"include_usage": True}
    )
)
holds("a stream shows usage if asked", counted[-1].usage.completion_tokens > 0)

failed_over = list(client.chat.completions.create(model="failing-over", messages=ASK, max_tokens=8, stream=True))
holds("dead pods are not noticed", failed_over[-1].choices[0].finish_reason in ("stop", "length"))

try:
    client.chat.completions.create(model="nobody", messages=ASK)
    holds("an unknown model is not found", False)
except openai.NotFoundError as error:
    holds("an unknown model is not found, and the error names those there are", "chat" in error.message)

try:
    client.chat.completions.create(model="cold", messages=ASK)
    holds("a cold model is unavailable", False)
except openai.InternalServerError as error:
    holds(
        "a cold model is unavailable for a while",
        error.status_code == 503 and int(error.response.headers["retry-after"]) > 0,
    )

try:
    client.with_options(api_key="wrong").chat.completions.create(model="locked", messages=ASK)
    holds("a wrong key is refused", False)
except openai.AuthenticationError:
    holds("a wrong key is refused", True)
holds(
    "the right key is let in",
    client.chat.completions.create(model="locked", messages=ASK, max_tokens=2).choices[0].message.content,
)

try:
    client.chat.completions.create(model="chat", messages=ASK, max_tokens=-1)
    holds("what the model server refuses is refused", False)
except openai.BadRequestError:
    holds("what the model server refuses is refused", True)

stream = client.chat.completions.create(model="chat", messages=ASK, max_tokens=4000, stream=True)
next(iter(stream))
stream.close()
holds("a stream can be left", True)

requests.clear()
try:
    client.with_options(max_retries=2).chat.completions.create(model="nobody", messages=ASK)
    holds("an unknown model stays unknown", False)
except openai.NotFoundError:
    holds("what asking again does not mend is not asked again", len(requests) == 1)
