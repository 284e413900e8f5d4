"""Every kind of issue: how grave it is, who mends it, and what its message says. A new kind is one entry here.

A text may hold `{names}`: `file` and `sheet` are the issue's own, `Issue.of` is given the others; a caller whose case differs
gives the whole text instead.
`python -m docs.generate` prints the catalogue as docs/reference/issues.md.
"""

from fazhi.issues.kinds import IssueKind

CATALOGUE: dict[str, IssueKind] = {
    # files
    "file_refused": IssueKind(
        "文件未读入", "error", "office", "{why}", "", "本文件未读入，其余文件照常处理。",
        to_office="请处理后重新报送。",
    ),
    "file_finding": IssueKind("文件内容有疑问", "warning", "office", "{found}", "{expected}", "{advice}"),
    "file_empty": IssueKind("空文件", "warning", "office", "", "一张台账", "如确无内容，可不理会；否则请补交。"),
    "name_masked": IssueKind(
        "名称里有个人信息", "info", "office", "文件名或工作表名里有个人信息，一律以现在的名称出现", "不含个人信息的名称",
        "台账照常计入；请告知科室改名，个人信息不要写在名称里。",
    ),
    "title_masked": IssueKind(
        "列名里有个人信息", "info", "office", "{letters} 列的列名里有个人信息，以“{shown}”出现", "不含个人信息的列名",
        "台账照常计入，这一列没有读；如属台账规定的列，请告知科室改用规定的列名，个人信息不要写在列名里。",
    ),
    "file_open": IssueKind(
        "文件正在打开", "warning", "analyst", "正在 Excel 或 WPS 中打开，没有存盘的改动不在本次结果里", "已存盘并关闭",
        "请存盘、关闭后重新运行；如早已关闭，请删去 {lock}。",
    ),
    "returned_twice": IssueKind(
        "原件与更正件并存", "error", "analyst", "是退回更正的工作簿，它的原件 {original} 也还在", "只留更正过的一份",
        "请移走没有更正的一份，否则同一件事会计两次。"
    ),
    "year_empty": IssueKind("全年没有文件", "error", "analyst", "没有文件", "各科室台账", "请放入台账后重试。"),
    # ledgers
    "ledger_missing": IssueKind(
        "缺台账", "error", "analyst", "没有{ledger_title}", "{office}报送",
        "请向填报单位催报；确无此项工作的，报送一张写明“无”的空表；本单位不设这本台账的，写进 unit.yml 的 without。报告中相应数字暂缺。",
    ),
    "ledger_unexpected": IssueKind(
        "写明没有却收到的台账", "warning", "analyst", "有{ledger_title}", "unit.yml 的 without 写明没有这本台账",
        "确有这本台账的，从 unit.yml 的 without 中删去 {name}；不是的，在 aliases.yml 的 files 中写明这个文件无关。",
    ),
    "ledger_received": IssueKind(
        "没有写明却收到的台账", "warning", "analyst", "有{ledger_title}，已计入", "unit.yml 的 with 写明本单位设这本台账",
        "设这本台账的，在 unit.yml 的 with 中加上 {name}，以后缺了会提示；不用的，在 aliases.yml 的 files 中写“{file}: 无关”。",
    ),
    "ledger_failed": IssueKind(
        "清理台账时程序出错", "error", "maintainer", "清理时程序出错，本台账未计入", "",
        "请在 JupyterLab 中打开 01_clean_ledger 运行这本台账，把出错的提示交给维护人员。报告中相应数字暂缺。",
    ),
    # sheets
    "sheet_unknown": IssueKind(
        "不认识的表", "error", "analyst", "不是已知的台账{resembling}", "规定的台账之一",
        "请用 fazhi accept 加文件名指明是哪一本、各列是什么；不是台账的加 --ledger 无关。",
    ),
    "sheet_ambiguous": IssueKind(
        "像两本台账", "error", "analyst", "两张台账都像：{titles}", "只像一张台账",
        "请在 aliases.yml 的 files 中写明它是哪一张，如“{file}: {ledger_name}”。",
    ),
    "sheet_several": IssueKind(
        "一张工作表有几张表", "error", "office", "还有另一张表（表头在第 {rows} 行）", "一张工作表一张表",
        "另一张表没有读入或列次序不同，数字不可靠。请分成两张工作表后重新提交。", to_office="请分成两张工作表。"
    ),
    "title_year": IssueKind(
        "标题是别的年份", "error", "office", "{where}写的是{years}年，{dates}", "{year}年的台账",
        "如是往年的表，请移走，或在 aliases.yml 的 files 中写“{file}[{sheet}]: 无关”；如只是没有改标题、文件名，请改过来。",
        to_office="请核对年份：是往年的表，请换成本年的；只是没有改标题、文件名的，请改过来，并把日期写全。"
    ),
    "rows_of_other_year": IssueKind(
        "像是别的年份的台账", "error", "office", "写有日期的 {dated} 行中，{other} 行是{years}的", "{year}年的台账",
        "别的年份的行没有计入。如放错了文件，请换成本年的台账；如年份写错，请填报单位更正。",
        to_office="请核对：放错了文件的，请报送本年的台账；年份写错的，请更正。"
    ),
    "none_counts": IssueKind(
        "没有一行计入", "error", "office", "读到 {count} 行，没有一行计入", "本年的记录；确无此项工作的，一张写明“无”的空表",
        "报告中相应数字暂缺。请填报单位核对。", to_office="请核对各行是不是本年的有效记录；确无此项工作的，写明“无”。"
    ),
    "header_missing": IssueKind(
        "没有找到表头", "error", "analyst", "标题像{ledger_title}，但没有找到表头", "表头：{labels}",
        "列名写法不同的，请用 fazhi accept 加文件名指明各列；确无表头的，请填报单位补上。",
    ),
    "columns_missing": IssueKind(
        "缺列或列名不认识", "error", "office", "不认识的列：{titles}", "{ledger_title}的列：{labels}",
        "如有对应，请用 fazhi accept 加文件名指明（或写在 aliases.yml 的 columns 下）：{offers}。",
        to_office="如确实没有登记这些内容，请补上；列名不必改。",
    ),
    # rows and cells
    "row_quarantined": IssueKind(
        "日期或数目读不出，本行待核实", "error", "office", "{cell}（{fault}）", "{readable}",
        "本行暂不计入。请填报单位核对原件后更正。", to_office="请核对原件后改正或补填；改正以前本行不计入。",
    ),
    "value_unknown": IssueKind(
        "不在规定写法之内", "error", "office", "{cell}（{fault}）", "{readable}",
        "{near}如确有所指，请用 fazhi accept 写明；本行计入，但此项不归入任何一类。",
        to_office="请改成规定的写法；都不合适的，请与汇总人商定。",
    ),
    "value_unreadable": IssueKind(
        "一项内容读不出", "warning", "office", "{cell}（{fault}）", "{readable}",
        "此项按空缺处理，本行照常计入。请核对原件。", to_office="请核对原件后改正；没有的留空。",
    ),
    "row_duplicate_event": IssueKind(
        "与另一行完全相同", "info", "office", "与{place}完全相同", "", "按两件事计入；如系重复登记，请删去一行。",
    ),
    "rows_repeated": IssueKind(
        "另一张表有相同的行", "warning", "office", "第 {rows} 行与 {other}中的完全相同", "一件事只报一次",
        "{outcome}。请核对是不是同一件事报了两次，用 fazhi accept 认定。",
        to_office="请核对是不是同一件事报了两次：如是，请删去一处；如是两件，不必改动。",
    ),
    "identity_missing": IssueKind(
        "分不清是不是同一件", "warning", "office", "没有填写{labels}，其中 {rows} 行与别的行完全相同", "写明{labels}的台账",
        "{outcome}。请填报单位补上，或用 fazhi accept 认定。", to_office="请补上这些列，或确认相同的行确是几件事。"
    ),
    "record_amended": IssueKind(
        "同一件事报了两次", "warning", "office", "与{other}是同一件，但有不同：{differing}", "一件事只报一次",
        "{outcome}。{decide}。",
        to_office="本行没有计入。请核对以哪一行为准，删去另一行；确是两件事的，请写明区别。"
    ),
    "record_alike": IssueKind(
        "像是同一件事", "warning", "office", "与{other}像是同一件，但有不同：{differing}", "一件事只报一次",
        "{outcome}。{decide}。", to_office="请核对：如是同一件，请删去一行；如是两件，不必改动。"
    ),
    "records_amended": IssueKind(
        "几件事都报了两次", "warning", "office", "第 {rows} 行与{other}第 {others} 行是同样的 {count} 件，但有不同，如{differing}",
        "一件事只报一次", "{outcome}。请核对，用 fazhi accept 一并认定；不能一并认定的答“逐件认定”，下次运行逐件提问。",
        to_office="这些行没有计入。请核对以哪一处为准，删去另一处；确是两件事的，请写明区别。"
    ),
    "records_alike": IssueKind(
        "几件像是同一件事", "warning", "office", "第 {rows} 行与{other}第 {others} 行像是同样的 {count} 件，但有不同，如{differing}",
        "一件事只报一次", "{outcome}。请核对，用 fazhi accept 一并认定；不能一并认定的答“逐件认定”，下次运行逐件提问。",
        to_office="请核对：如是同样的事，请删去一处；如不是，不必改动。"
    ),
    "counted_in_two_years": IssueKind(
        "像是两年都计了", "warning", "office", "与{other}像是同一件{differing}", "一件事只在一年计入",
        "{outcome}。", to_office="请核对：如是同一件，请从不该计入的那一年删去；如是两件，不必改动。"
    ),
    "counts_in_no_year": IssueKind(
        "两年都没有计入", "warning", "analyst", "{rows}是{when}的，{ledgers}里没有，两年都没有计入", "一件事在一年计入", "{outcome}。",
    ),
    "table_contained": IssueKind(
        "整表已在另一张表中", "info", "analyst", "{rows}都已包含在 {by}中{differing}", "",
        "{outcome}。同样的行只计一次；如不对，请用 fazhi accept 认定。"
    ),
    "table_version": IssueKind(
        "另一张表的旧版", "info", "analyst", "{rows}大部分与 {by}相同，是它的旧版{differing}", "",
        "{outcome}。请核对以哪一份为准，用 fazhi accept 认定。"
    ),
    "table_sums": IssueKind(
        "像是另一张表的汇总", "warning", "analyst", "{rows}每月一行，各月的数正是 {by}等各月之和", "逐条的记录",
        "{outcome}。不是汇总的，用 fazhi accept 答“两件都算”。"
    ),
    "table_masked": IssueKind(
        "像是隐去姓名的副本", "warning", "analyst", "{rows}的姓名隐去了，其余与 {by}相同", "写明双方的记录",
        "{outcome}。不是副本的，用 fazhi accept 答“两件都算”。"
    ),
    "sheet_set_aside": IssueKind(
        "隐藏或作废的表", "error", "analyst", "{why}，有 {count} 行像{title}的记录", "确认是否计入",
        "{outcome}。请用 fazhi accept 认定：计入、不计入。"
    ),
    "decision_unused": IssueKind(
        "认定没有用上", "warning", "analyst", "once 中的“{name}: {said}”没有用上", "现有的记录，和 fazhi accept 列出的答案",
        "它说的记录已经不在或已改动，新的问题会另行提出。请删去这一条，或改成列出的答案。"
    ),
    "title_unread": IssueKind(
        "列名里的单位没有读懂", "error", "office", "{what}没有读懂，这一列没有读入", "规定的单位，或不写",
        "请填报单位按规定的单位填写，或更正列名。", to_office="请按规定的单位填写，或更正列名。"
    ),
    "group_of_numbers": IssueKind(
        "几列不知读哪列", "error", "office", "{what}", "一列数，或写明合计",
        "请填报单位写明哪一列是要报的数；也可以在 aliases.yml 的 columns 中写明。", to_office="请写明哪一列是要报的数，或加一列合计。"
    ),
    "amount_implausible": IssueKind(
        "数不像", "warning", "office", "有 {count} 行{what}", "乡镇常见的数，一列一个单位",
        "请核对单位（元还是万元，人还是百人）和位数：列名写着万元、数字却按元填的，请改正列名或数字。",
        to_office="请核对单位和位数：是元还是万元，是不是多写了零。",
    ),
    "number_merged": IssueKind(
        "几行合写一个数", "info", "office", "{what}", "", "只计一次，算在第一行。",
    ),
    "row_example": IssueKind(
        "填报示例", "info", "office", "是填报示例，没有计入", "", "如不是示例，请在序号栏写上序号、删去“示例”字样。",
    ),
    "rows_joined": IssueKind(
        "一件写了几行", "info", "office", "{what}", "", "每件计一次，内容以第一行为准。",
    ),
    "rows_other_ledger": IssueKind(
        "属别的台账的行", "info", "analyst", "有 {count} 行是{said}，不属于{title}，没有计入", "", "",
    ),
    "value_taken": IssueKind(
        "取自标题或名称", "info", "analyst", "全表取“{text}”里的 {value}", "", "如不对，请在表中加上这一列。",
    ),
    "column_decides": IssueKind(
        "可能影响计数的内容", "error", "office", "{what}", "不影响计数的内容",
        "各行照常计入，数字可能不对。请填报单位核对：不该计入的在备注写“作废”或删去；一行不止一件的分行填写。",
        to_office="不该计入的请在备注写“作废”或删去；一行不止一件的请分行填写。"
    ),
    "blanks_unclear": IssueKind(
        "空格像是同上", "error", "office", "{what}", "每行都填写", "空格按没有填写处理，各行照常计入。请填报单位逐行填写，或写“同上”。",
        to_office="请逐行填写，或写“同上”。"
    ),
    "column_blank": IssueKind(
        "一列大多没有填写", "warning", "office", "计入的 {count} 行中，{blank} 行这一列空着", "每行都填写",
        "请填报单位补填；确实没有内容的，填“无”。", to_office="请补填；确实没有内容的，填“无”。"
    ),
    "row_several": IssueKind(
        "像是几件写在一行", "error", "office", "{what}", "一件一行", "这一行按一件计入，数字可能不对。请填报单位分行填写。",
        to_office="请一件一行，分开填写。"
    ),
    "column_elsewhere": IssueKind("列的内容写在别处", "info", "office", "没有“{label}”一列，按{where}读作各行的{label}"),
    "rows_elsewhere": IssueKind(
        "别的镇街的行", "info", "office", "本镇 {own} 行；别的镇街 {count} 行（{places}），不计入", "", "不必更正。"
    ),
    "row_cancelled_by_remark": IssueKind(
        "备注提到作废", "warning", "office", "备注提到作废或撤销", "", "本行{outcome}；如不对，请改写备注。",
    ),
    "year_unlikely": IssueKind(
        "年份不像", "error", "office", "{said}", "{year} 年，或相近的年份",
        "本行按非本年处理，不计入。请核对原件，如系笔误请更正年份。"
    ),
    "cell_struck": IssueKind(
        "个别单元格划去", "warning", "office", "个别单元格有删除线", "",
        "只划去个别单元格的行照常计入；如整条作废，请在备注写“作废”。",
    ),
    "total_differs": IssueKind(
        "合计不符", "warning", "office", "表中合计 {written}，逐行相加为 {added}", "与各行之和相等",
        "报告按逐行相加计算。请填报单位核对是合计未更新，还是行有缺漏。"
    ),
    "ledger_emptied": IssueKind(
        "空表，上年有记录", "error", "office", "是一张空表，{previous_year}年有 {previous} 行", "本年的记录；确无此项工作的，在表中写明“无”",
        "报告中相应数字暂缺。请填报单位确认：是确无此项工作，还是没有填。", to_office="确无此项工作的，请在表中写明“无”；否则请填写。"
    ),
    "numbers_exceeded": IssueKind(
        "计入的行比序号多", "warning", "office", "序号最大是 {largest}，计入的有 {kept} 行", "计入的行不多于序号",
        "请核对：是不是一件事写成了几行，或有的行没有编号。", to_office="一件事写成几行的，请合成一行；有的行没有编号的，请补上。"
    ),
    # figures
    "zero_in_doubt": IssueKind(
        "不能断定没有", "warning", "analyst", "结果为零，但有 {count} 行没有填写有关的列", "有关的列都已填写",
        "填写以前，报告不写“没有”。请填报单位补填。"
    ),
    "change_implausible": IssueKind(
        "指标变化过大", "warning", "analyst", "{previous_year}年为 {previous}，今年为 {value}", "变化在常见范围内",
        "请核对两年台账是否齐全、口径是否一致。",
    ),
    "parts_exceed": IssueKind(
        "比率超过 100%", "error", "analyst", "分子 {numerator} 大于分母 {denominator}", "不超过 100%",
        "请核对台账中的相关列。",
    ),
    "figure_restated": IssueKind(
        "上年的数有变动", "warning", "analyst", "{previous_year}年报告公布 {printed}，现台账{today}", "与公布的相同",
        "与上年比较暂用现台账的数，文中注明。请核实上年台账为什么改了，再在 unit.yml 写明 compare_with: 现台账，或 compare_with: 公布数。",
    ),
    "figure_published": IssueKind(
        "与已公布的不同", "info", "analyst", "{year}年的报告已公布 {printed}，现台账{today}", "",
        "须更正公布的报告的，重新公布以后运行 fazhi published {year} --replace。",
    ),
    "target_restated": IssueKind(
        "上年计划的目标有变动", "warning", "analyst", "{previous_year}年报告公布 {printed}，现台账{today}", "与公布的相同",
        "计划以公布的为准。请核实为什么改了。",
    ),
    "drift_columns": IssueKind(
        "两年的列不同", "warning", "analyst", "{which}的列：{labels}", "两年的列相同", "请向{office}了解：表样是否改过？",
    ),
    "drift_share": IssueKind(
        "某项占比变化大", "warning", "analyst", "“{value}”占 {share:.0%}，上年占 {share_before:.0%}", "与上年相近",
        "请向{office}了解：登记口径、工作安排或实际情况是否有变化？如无变化，请核对这一列。",
    ),
    "drift_months": IssueKind(
        "某月没有记录", "warning", "analyst", "{month}月没有一条记录，上年同月有", "各月都有",
        "请向{office}了解：这个月是确实没有，还是没有登记、没有报来？",
    ),
    "drift_day": IssueKind(
        "记录集中在一天", "warning", "analyst", "{month}月{day}日一天的记录占全年的 {share:.0%}", "与上年一样分散在各日",
        "请向{office}了解：是集中登记、补录，还是当天确有这些事？日期是否按实际发生日填写？",
    ),
    # corrections.csv
    "correction": IssueKind("已按更正表更正", "info", "analyst", "已按 corrections.csv 第 {line} 行更正（{who}，{when}：{why}）"),
    "correction_unused": IssueKind(
        "更正没有用上", "error", "analyst", "corrections.csv 第 {line} 行没有用上：{fault}", "", "请改正或删去这一行。",
    ),
    # figures.csv
    "figure_unread": IssueKind(
        "汇总数没有用上", "error", "analyst", "{fault}", "", "这一行没有用上。{advice}",
    ),
    "figure_reported": IssueKind("汇总数", "info", "analyst", "用的是汇总数（{total}），无逐条台账，摘自 {sources}"),
    "figure_differs": IssueKind(
        "汇总数与台账不符", "error", "analyst", "台账算得 {value}，{sources} 的汇总数是 {total}", "两处相同",
        "报告用台账的数，标待核实。请与填报科室核对：台账缺行，还是汇总数有误。",
    ),
    "figure_partial": IssueKind(
        "汇总数不是全年的", "warning", "analyst", "汇总数只有{months}的", "全年 12 个月", "请补齐其余月份；确无此项工作的月份写 0。",
    ),
}  # fmt: skip

# Kinds that no office mends in its workbook.
NOT_FOR_OFFICES = frozenset(name for name, kind in CATALOGUE.items() if kind.mender != "office")
