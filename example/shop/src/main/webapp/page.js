const EVERY_MS = 1000;
const ROWS_SHOWN = 50;

const OUTBOX_STATES = {
  UNSENT: ["Unsent", "wait"],
  DELAYED: ["Delayed", "wait"],
  WAITING: ["Waiting", "wait"],
  DEAD: ["Dead", "bad"],
  PARKED: ["Parked", "wait"],
  DELIVERED: ["Delivered", "good"],
  DISCARDED: ["Discarded", ""],
  UNKNOWN: ["Unknown", "bad"],
};

const BROKER_STATES = {
  RUNNING: ["Running", "good", "Stop"],
  STOPPED: ["Stopped", "bad", "Start"],
  STARTING: ["Starting …", "wait", "Start"],
  STOPPING: ["Stopping …", "wait", "Stop"],
};

const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2 });
const byId = (id) => document.getElementById(id);

/** Answers with the body; an error has the server's words. */
async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(body.message), { status: response.status });
  }
  return body;
}

function element(tag, className, text) {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

/** Brings a list up to date, newest first; rows that are there already stay, so that only new ones light up. */
function show(listId, items, keyOf, fill) {
  byId(`${listId}-count`).textContent = items.length;
  const list = byId(listId);
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = items.slice(-ROWS_SHOWN).reverse().map((item) => {
    const key = String(keyOf(item));
    const content = JSON.stringify(item);
    const row = known.get(key) ?? element("li", "row", "");
    if (row.dataset.content !== content) {
      row.dataset.key = key;
      row.dataset.content = content;
      row.replaceChildren(...fill(item));
    }
    return row;
  });
  rows.forEach((row, place) => {
    if (list.children[place] !== row) {
      list.insertBefore(row, list.children[place] ?? null);
    }
  });
  while (list.children.length > rows.length) {
    list.lastElementChild.remove();
  }
}

function showOrders(orders) {
  show("orders", orders, (order) => order.id, (order) => [
    element("span", "number", `#${order.id}`),
    element("span", "name", order.customer),
    element("span", "", money.format(order.amount)),
  ]);
}

function showOutbox(rows) {
  show("outbox", rows, (row) => row.id, (row) => {
    const [label, className] = OUTBOX_STATES[row.state];
    const attempts = row.attempts > 0 ? ` · ${row.attempts} failed attempts` : "";
    return [
      element("span", "number", row.seq),
      element("span", "name", row.type),
      element("span", `pill ${className}`, label),
      element("span", "detail", `key ${row.key} · id ${short(row.id)}${attempts}`),
    ];
  });
}

/** An event may arrive more than once, as after a broker that vanished before it answered; its id tells. */
function showReceived(events) {
  const first = new Map([...events].reverse().map((event) => [event.id, event.offset]));
  show("received", events, (event) => event.offset, (event) => [
    element("span", "number", event.offset),
    element("span", "name", event.type),
    first.get(event.id) === event.offset ? "" : element("span", "pill", "Again"),
    element("span", "detail", `key ${event.key} · id ${short(event.id)}`),
    element("code", "detail", onOneLine(event.payload)),
  ]);
}

/** What arrived more often than it was packed was dropped: Posthorn's inbox knows what was handled. */
function showParcels(parcels, deliveries) {
  const packed = countBy(parcels, (parcel) => parcel.orderId);
  const received = new Map(deliveries.map((delivery) => [delivery.orderId, delivery.received]));
  const rows = parcels.map((parcel) => {
    const once = packed.get(parcel.orderId);
    const all = Math.max(once, received.get(parcel.orderId) ?? 0);
    return { ...parcel, received: all, dropped: all - once };
  });
  show("parcels", rows, (parcel) => parcel.id, (parcel) => [
    element("span", "number", `#${parcel.id}`),
    element("span", "name", parcel.customer),
    parcel.dropped > 0 ? element("span", "pill good", `${parcel.dropped} dropped`) : "",
    element("span", "detail", `order #${parcel.orderId} · received ${times(parcel.received)}`),
  ]);
  const dropped = rows.reduce((sum, parcel) => sum + parcel.dropped, 0);
  byId("dropped").textContent = `${dropped} dropped`;
  byId("dropped").className = `pill ${dropped > 0 ? "good" : ""}`;
}

function countBy(items, keyOf) {
  const counts = new Map();
  items.forEach((item) => counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1));
  return counts;
}

function times(count) {
  return count === 1 ? "once" : `${count} times`;
}

/** With spaces, where a line may break. */
function onOneLine(json) {
  return JSON.stringify(json, null, 1).replace(/\n\s*/g, " ");
}

/** The end, since ids that were made one after the other begin alike; the word joiner keeps it on one line. */
function short(id) {
  return `…\u2060${String(id).slice(-8)}`;
}

let brokerState;

function showBroker({ state }) {
  const [label, className, action] = BROKER_STATES[state];
  if (state === brokerState) {
    return;
  }
  brokerState = state;
  byId("broker-state").textContent = label;
  byId("broker-state").className = `pill ${className}`;
  byId("broker-switch").textContent = action;
  byId("broker-switch").disabled = state !== "RUNNING" && state !== "STOPPED";
}

function say(text, className) {
  byId("message").textContent = text;
  byId("message").className = `message ${className}`;
}

let lost = false;

async function refresh() {
  try {
    const [orders, outbox, received, parcels, deliveries, broker] = await Promise.all(
      ["orders", "outbox", "received", "parcels", "deliveries", "broker"].map((path) => ask(path)),
    );
    showOrders(orders);
    showOutbox(outbox);
    showReceived(received);
    showParcels(parcels, deliveries);
    showBroker(broker);
    byId("deliver-again").disabled = brokerState !== "RUNNING" || received.length === 0;
    if (lost) {
      lost = false;
      say("", "");
    }
  } catch (error) {
    lost = true;
    say(error.status ? error.message : "The demo does not answer. Is it still running?", "bad");
  }
}

async function keepRefreshing() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(keepRefreshing, EVERY_MS);
}

byId("order").addEventListener("submit", async (submit) => {
  submit.preventDefault();
  const fails = submit.submitter?.value === "fail";
  const body = JSON.stringify({
    customer: byId("customer").value,
    amount: byId("amount").valueAsNumber,
  });
  try {
    const order = await ask(fails ? "orders?fail=true" : "orders", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    say(`Order #${order.id} of ${order.customer} was saved together with its event.`, "good");
  } catch (error) {
    say(error.status ? error.message : "The demo does not answer.", error.status === 409 ? "wait" : "bad");
  }
  refresh();
});

byId("broker-switch").addEventListener("click", async () => {
  const [order, state] = brokerState === "RUNNING" ? ["stop", "STOPPING"] : ["start", "STARTING"];
  showBroker({ state });
  try {
    showBroker(await ask(`broker/${order}`, { method: "POST" }));
  } catch (error) {
    say(error.status ? error.message : "The demo does not answer.", "bad");
  }
});

byId("deliver-again").addEventListener("click", async () => {
  try {
    const { delivered } = await ask("deliver-again", { method: "POST" });
    say(`Sent to Kafka again: ${delivered} ${delivered === 1 ? "event" : "events"}. No parcel will be packed twice.`, "good");
  } catch (error) {
    say(error.status ? error.message : "The demo does not answer.", error.status === 409 ? "wait" : "bad");
  }
  refresh();
});

keepRefreshing();
