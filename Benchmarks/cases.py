"""A million cases, written straight into the tables, and reports to be posted."""

import json
import random
import sqlite3
import time

from centre import kinds
from words import indexing

DAY = 86_400_000
FIRST_ID_MOMENT = 946_684_800_000
NEVER = 9_007_199_254_740_991
# Common words first: the n-th stands in about 1/n of what the first stands in.
NOUNS = """停车 垃圾 噪音 路灯 井盖 道路 电动车 违建 油烟 积水 绿化 楼道 占道 污水 广告牌 施工 围挡 河道
电梯 消防 充电 快递 广场舞 养犬 菜场 公厕 护栏 树枝 扬尘 水管 燃气 物业 加装 漏水 群租 高空抛物 裸露土
共享单车 晾晒 焚烧 非法营运 校门口 公交站 渣土车 信号灯 私拉电线 鸽棚 毁绿 暴露堆 粉尘 异味 宠物 墙面
屋顶 外立面 窨井 化粪池 斑马线 隔离栏 早餐摊""".split()
PLACES = [f"{road}{number}号" for number in (18, 66, 128, 255, 399, 512, 788, 1024) for road in
          "人民路 新建路 三华路 合作路 永兴街 北闸路 向阳路 江海路 长兴街 稻香路".split()]
TAILS = ["影响居民出行，请尽快派人处理。", "多次反映仍未解决，要求答复。", "存在安全隐患，望现场查看。",
         "夜间尤其严重，附近居民意见很大。", "前几天刚处理过，现在又出现了。"]
OPEN = [("reported", 5), ("accepted", 5), ("filed", 5), ("dispatched", 25), ("handling", 40),
        ("handled", 15), ("verified", 5)]
PART = {"dispatched": "sent", "handling": "taken"}


def _text(generator):
    weights = [1 / (n + 1) for n in range(len(NOUNS))]
    first, second = generator.choices(NOUNS, weights, k=2)
    title = f"{generator.choice(PLACES)}{first}问题"
    return title, f"来电人反映{first}和{second}的情况，{generator.choice(TAILS)}"


def reports(path, centre, count=2000):
    """Bodies for POST /api/v1/cases as a caller would write them, with all that their kinds ask."""
    generator = random.Random(32)
    all_kinds = [body for _, _, body in kinds(path)]
    for _ in range(count):
        kind = generator.choice(all_kinds)
        title, description = _text(generator)
        latitude, longitude = centre.point(generator.randrange(len(centre.grids)))
        yield json.dumps({
            "kind": kind["code"], "channel": kind.get("channels", ["hotline"])[0],
            "title": title, "description": description, "place": generator.choice(PLACES),
            "latitude": latitude, "longitude": longitude, "fields": _answers(kind),
            "reporter": {"name": "王女士", "phone": f"138{generator.randrange(10**8):08d}"},
        }, ensure_ascii=False)


def _answers(kind):
    answers = {}
    for field in kind.get("fields", []):
        if not field.get("required") or field.get("stage", "report") != "report":
            continue
        answers[field["code"]] = {
            "text": lambda: "某某" * max(1, field.get("shortest", 0)),
            "number": lambda: field.get("minimum", 1),
            "date": lambda: "2026-01-05",
            "choice": lambda: field["choices"][0]["code"],
            "choices": lambda: [field["choices"][0]["code"]],
        }[field["type"]]()
    return answers


def fill(path, centre, count, progress):
    """Writes `count` cases of three years with a lead's part, two clocks and their words; one in
    twenty is open, among the newest tenth. Their ledger entries are left out."""
    database = sqlite3.connect(path)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    generator = random.Random(count)
    shelf = kinds(path)
    codes = [_word("xk", code) for _, code, _ in shelf]
    texts = [(*text, indexing("\n".join(text))) for text in (_text(generator) for _ in range(4000))]
    places = [(place, indexing(place)) for place in PLACES]
    areas = [" ".join(_word("xa", code) for code in grid[1].split("/") if code)
             for grid in centre.grids]
    now = int(time.time() * 1000)
    step = 3 * 365 * DAY / count
    counts = {}
    states, weights = zip(*OPEN)
    for start in range(0, count, 20_000):
        files, parts, clocks, words = [], [], [], []
        for n in range(start, min(count, start + 20_000)):
            reported = int(now - 3 * 365 * DAY + n * step)
            base = (reported - FIRST_ID_MOMENT) << 22 | 1023 << 12
            id = base | n % 1024 << 2
            day = time.strftime("%y%m%d", time.gmtime(reported / 1000 + 8 * 3600))
            counts[day] = counts.get(day, 0) + 1
            number = f"{counts[day]:05d}"
            is_open = n >= count * 9 // 10 and generator.random() < 0.5
            state = generator.choices(states, weights)[0] if is_open else "closed"
            kind = generator.randrange(len(shelf))
            title, description, text_words = generator.choice(texts)
            place, place_words = generator.choice(places)
            area = generator.randrange(len(areas))
            unit = None
            if state not in ("reported", "accepted", "filed"):
                unit = generator.choice(centre.units)
            due = now + generator.randrange(-DAY, 6 * DAY) if is_open else None
            closed = None if is_open else reported + generator.randrange(DAY, 9 * DAY)
            latitude, longitude = centre.point(area)
            steps = _steps(reported, state, closed)
            files.append((
                id, f"{day}-{number}", shelf[kind][1], shelf[kind][0], "hotline", state, title,
                description, "{}", b"0123456789abcdef", centre.grids[area][0],
                centre.grids[area][1], "CENTRE/", place, latitude, longitude, 0, 0, reported, *steps,
                closed, unit and unit[0], due, reported + 7 * DAY, due or NEVER, 0, 0, 0, 0, 5,
                closed or reported))
            unit_words = ""
            if unit:
                unit_words = " ".join(_word("xo", code) for code in unit[1].split("/") if code)
                part = PART.get(state, "handled")
                parts.append((id | 1, id, 1, unit[0], unit[1], part, int(part != "handled"), due,
                              due or NEVER, reported + DAY // 4))
            noted = now if is_open and (due < now or reported + 7 * DAY < now) else None
            handling = due or reported + 5 * DAY
            for offset, clock, end in ((2, "whole", reported + 7 * DAY), (3, "handling", handling)):
                clocks.append((id | offset, id, clock, "7 working-days", "china", "", reported,
                               end, end, closed, int(not is_open), noted))
            words.append((id, f"{day} {number} {text_words} {place_words} {areas[area]}"
                              f" {unit_words} {codes[kind]}"))
        _insert(database, files, parts, clocks, words)
        progress(min(count, start + 20_000), count)
    database.executemany("INSERT INTO counter (name, last) VALUES (?, ?)",
                         [(f"case:{day}", last) for day, last in counts.items()])
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _steps(reported, state, closed):
    """When it was accepted, filed, dispatched and handled, as far as it has come."""
    order = [step for step, _ in OPEN]
    come = len(order) if closed else order.index(state)
    times = [reported + (n + 1) * DAY // 48 for n in range(3)]
    times.append(closed - DAY // 48 if closed else reported + DAY // 2)
    return [at if come >= least else None for at, least in zip(times, (1, 2, 3, 5))]


def _insert(database, files, parts, clocks, words):
    for table, columns, rows in (
        ("case_file", "id, number, kind, kind_version, channel, state, title, description, fields,"
         " salt, area_id, area_path, organisation_path, place, latitude, longitude, is_urgent,"
         " is_confidential, reported_at, accepted_at, filed_at, dispatched_at, handled_at, closed_at,"
         " lead_organisation_id, due_at, whole_due_at, queue_at, return_count, rework_count,"
         " extension_count, reopen_count, revision,"
         " updated_at", files),
        ("case_assignment", "id, case_id, is_lead, organisation_id, organisation_path, state,"
         " is_active, due_at, queue_at, sent_at", parts),
        ("case_clock", "id, case_id, step, time_limit, calendar, extensions, started_at,"
         " original_due_at, due_at, stopped_at, is_done, overdue_noted_at", clocks),
        ("case_search", "rowid, words", words),
    ):
        marks = ", ".join("?" * (columns.count(",") + 1))
        database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
    database.commit()


def _word(prefix, code):
    return prefix + "".join(c for c in code.lower() if c.isascii() and c.isalnum())
