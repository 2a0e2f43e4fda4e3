#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QTemporaryDir>

#include <string>

namespace lab::test {

/// A folder of little files for one test, gone afterwards.
class FileFixture {
public:
    /// Writes a file, with the folders above it.
    FileFixture& file(const QString& below, const std::string& text)
    {
        const QString path = folder_.filePath(below);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(text.data(), static_cast<qint64>(text.size()));
        }
        return *this;
    }

    [[nodiscard]] std::string path(const QString& below = {}) const
    {
        return folder_.filePath(below).toStdString();
    }

    [[nodiscard]] static std::string textOf(const std::string& path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

    /// The text with this folder's name taken out: what messages say of its files.
    [[nodiscard]] QString shown(const std::string& text) const
    {
        return QString::fromStdString(text).replace(folder_.path() + '/', "");
    }

private:
    QTemporaryDir folder_;
};

/// A Service "web" of type LoadBalancer with one pod.
inline constexpr const char* webManifest = R"(apiVersion: v1
kind: Pod
metadata:
  name: web-0
  labels: {app: web}
spec:
  containers:
    - name: nginx
      image: nginx:1.27
      ports: [{containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector: {app: web}
  ports:
    - port: 80
)";

} // namespace lab::test
