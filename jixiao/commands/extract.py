"""``jixiao extract``: read files and print what is in them; nothing is kept."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.shapes import DocumentShape, OcrEngine
from jixiao.telling import REJECTED, failures_told

Files = Annotated[
    list[Path], typer.Argument(help="要读取的文件 files to read", exists=True, dir_okay=False, readable=True)
]
ShapeOption = Annotated[
    DocumentShape,
    typer.Option(
        "--format",
        "-f",
        help="json：每个文件一行；jsonl：每条指标一行；csv：可用 Excel 打开",
        case_sensitive=False,
    ),
]


EngineOption = Annotated[
    OcrEngine,
    typer.Option("--engine", help="用哪个引擎识别扫描件 which engine reads scans", case_sensitive=False),
]


def extract(
    files: Files, shape: ShapeOption = DocumentShape.json, engine: EngineOption = OcrEngine.auto
) -> None:
    """
    读取文件并输出其中的指标，不留任何状态。 Read files and print their indicators; keeps no state.

    标准输出只有数据，其余写到标准错误。 Standard output carries data only.

    退出码 exit codes: 0 已读 read, even without a table; 2 用法错误 usage; 3 有文件被拒绝 rejected.

    \b
    jixiao extract 预算.pdf
    jixiao extract *.pdf --format jsonl > records.jsonl
    jixiao extract 预算.pdf --format csv > 指标.csv
    jixiao extract 扫描件.pdf --engine tesseract
    """
    # Imported here, because no other command should wait for the readers.
    from jixiao.extraction import write_files

    with failures_told():
        rejected = write_files(files, shape, engine.value)
    if rejected:
        raise typer.Exit(REJECTED)
